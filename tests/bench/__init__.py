"""What `make bench` measures; `python -m tests.bench` prints the table that README keeps."""
