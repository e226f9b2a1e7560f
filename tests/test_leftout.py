"""A test that cannot run is never forgotten: it stands in a table, and in CI it is an error."""

import pytest

from tests import needs

ONE_PASSES = "def test_that_passes(): pass\n"
ONE_NEEDS_A_UNICORN = """
import pytest

@pytest.mark.needs("unicorn")
def test_that_cannot_run(): raise AssertionError
"""


@pytest.fixture(autouse=True)
def known_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        needs.NEEDS, "unicorn", needs.Need(lambda: False, "Debian: unicorn", ("unicorn",))
    )
    monkeypatch.setitem(needs.NEEDS, "air", needs.Need(lambda: True, "Debian: air", ("air",)))
    # Other plugins would be imported anew in every inner run.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def run(pytester: pytest.Pytester, source: str, *options: str) -> pytest.RunResult:
    pytester.makepyfile(source)
    return pytester.runpytest_inprocess("-p", "tests.leftout", "--strict-markers", *options)


def test_an_unmet_need_skips_the_test_and_names_the_package(pytester: pytest.Pytester) -> None:
    result = run(pytester, ONE_PASSES + ONE_NEEDS_A_UNICORN)
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.re_match_lines([r"\s*1  needs unicorn\s+Debian: unicorn$"])
    assert result.ret == 0


def test_a_met_need_lets_the_test_run(pytester: pytest.Pytester) -> None:
    result = run(pytester, ONE_NEEDS_A_UNICORN.replace("unicorn", "air"))
    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*left out*")


ONE_IS_SLOW = """
import pytest

@pytest.mark.slow
def test_that_takes_long(): pass
"""


def test_without_the_slow_ones_the_run_says_how_to_run_them(pytester: pytest.Pytester) -> None:
    result = run(pytester, ONE_PASSES + ONE_IS_SLOW, "--no-slow")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.re_match_lines([r"\s*1  slow\s+make test SLOW=1$"])


def test_slow_ones_run_unless_told_otherwise(pytester: pytest.Pytester) -> None:
    run(pytester, ONE_IS_SLOW, "--nothing-left-out").assert_outcomes(passed=1)


def test_any_other_skip_stands_in_the_same_table(pytester: pytest.Pytester) -> None:
    result = run(pytester, "import pytest\ndef test_it(): pytest.skip('no time')")
    result.stdout.re_match_lines([r"\s*1  no time\s+-$"])


def test_a_skipped_file_stands_in_the_table(pytester: pytest.Pytester) -> None:
    result = run(pytester, "import pytest\npytest.importorskip('no_such_module')")
    result.stdout.fnmatch_lines(["*1  *no_such_module*"])


def test_what_several_processes_left_out_stands_in_one_table(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_whole="import pytest\npytest.skip('no whole file', allow_module_level=True)",
        test_one="import pytest\ndef test_it(): pytest.skip('no single test')",
        test_other="def test_it(): pass",
    )
    options = ("-p", "tests.leftout", "-p", "xdist.plugin", "-n", "2", "--nothing-left-out")
    result = pytester.runpytest_inprocess(*options)
    result.stdout.re_match_lines([r"\s*1  no single test\s+-$", r"\s*1  no whole file\s+-$"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_an_unknown_need_is_an_error(pytester: pytest.Pytester) -> None:
    result = run(pytester, ONE_NEEDS_A_UNICORN.replace("unicorn", "unicron"))
    result.stderr.fnmatch_lines(["*needs 'unicron', which tests/needs.py does not list*"])
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_nothing_left_out_fails_a_run_that_skipped(pytester: pytest.Pytester) -> None:
    result = run(pytester, ONE_PASSES + ONE_NEEDS_A_UNICORN, "--nothing-left-out")
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_nothing_left_out_lets_a_complete_run_pass(pytester: pytest.Pytester) -> None:
    assert run(pytester, ONE_PASSES, "--nothing-left-out").ret == 0


def test_an_expected_failure_is_not_left_out(pytester: pytest.Pytester) -> None:
    source = "import pytest\n@pytest.mark.xfail\ndef test_it(): raise AssertionError"
    assert run(pytester, source, "--nothing-left-out").ret == 0


def test_the_packages_to_install_are_those_of_unmet_needs(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("suite")
    met = ONE_NEEDS_A_UNICORN.replace("unicorn", "air")
    (folder / "test_it.py").write_text(ONE_NEEDS_A_UNICORN + met)
    assert needs.debian_packages(folder) == ["unicorn"]
