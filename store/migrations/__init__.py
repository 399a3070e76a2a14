"""How does an older database become the newest one?"""
