"""What the pages of a site's episodes say: links, titles, notes, topics and times. Pure."""
