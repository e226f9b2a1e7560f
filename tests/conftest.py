pytest_plugins = ["pytester", "tests.leftout"]
