"""From bytes to words on pages: knows files, pages, geometry, characters and OCR, no law and no database."""
