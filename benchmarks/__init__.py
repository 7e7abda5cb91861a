"""How fast, how big, how it grows: measured beside what others need for the same file. See docs/benchmarks.md."""
