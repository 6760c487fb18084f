"""The merge of what the app writes with what people wrote."""
