"""What a submission prints is kept up to a cap, by whichever door it comes."""

import pytest

from grader.sandbox.printed import MAX_OUTPUT, Output


def test_text_and_bytes_are_kept_in_order() -> None:
    output = Output()
    print("one", file=output)
    output.buffer.write(b"two \xff\n")
    assert output.take() == "one\ntwo \N{REPLACEMENT CHARACTER}\n"
    assert output.take() == ""


def test_what_does_not_fit_is_dropped_and_the_next_test_has_the_whole_room_again() -> None:
    output = Output()
    output.buffer.write(b"a" * (2 * MAX_OUTPUT))
    assert output.write("lost") == 4
    assert output.take() == "a" * MAX_OUTPUT
    output.write("b")
    assert output.take() == "b"


def test_only_text_is_written_as_to_any_stream() -> None:
    output = Output()
    with pytest.raises(TypeError, match="must be str, not int"):
        output.write(3)  # type: ignore[arg-type]  # what students write
    assert (output.writable(), output.buffer.writable(), output.fileno()) == (True, True, 1)
