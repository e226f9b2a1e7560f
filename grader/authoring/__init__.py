"""The author's side: what students get is built from masters, proven free of leaks, and released."""
