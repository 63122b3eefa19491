"""Studies: a study is built, tried, frozen, run and watched."""
