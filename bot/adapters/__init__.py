"""The outside: git, files, exports, template workers."""
