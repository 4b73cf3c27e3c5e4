"""What tools/torture.py does to the program: one module a part, each ``run`` returns a Part.

kills     processes killed at random points             files   broken and hostile files
disk      a full disk, a folder that cannot be written   office  four users and a batch at once
"""
