"""Every way in and out (terminal, HTTP, pages): knows people, decides nothing about how a document is read."""
