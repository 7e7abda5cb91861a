"""Many documents: journal, workers, engines. The door is `convert_many` in runner.py; command.py hangs it on the
command line.
"""
