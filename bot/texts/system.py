"""Why the system refuses to read or write a file: what it says itself is English alone."""

TEXTS: dict[str, tuple[str, str]] = {
    "missing": ("No such file or directory", "ファイルかフォルダーがありません"),
    "folder": ("Is a directory", "フォルダーです"),
    "no-folder": ("Not a directory", "フォルダーではありません"),
    "denied": ("Permission denied", "権限がありません"),
    "full": ("No space left on device", "空き容量がありません"),
    "read-only": ("Read-only file system", "書き込めないファイルシステムです"),
}
