# tnef.py OUT [options]: a winmail.dat as Outlook makes it.
#   body=TEXT html=TEXT rtf=FILE  file=NAME:CONTENT  cut=N (bytes kept)
import struct, sys
out, cut = open(sys.argv[1], "wb"), None
data = struct.pack("<IH", 0x223E9F78, 1)
def attr(level, ident, value):
    global data
    data += struct.pack("<BII", level, ident, len(value)) + value
    data += struct.pack("<H", sum(value) & 0xFFFF)
def prop(kind, ident, value):
    return struct.pack("<HHII", kind, ident, 1, len(value)) + value + b"\0" * (-len(value) % 4)
def props(*all):
    return struct.pack("<I", len(all)) + b"".join(all)
def lzfu(raw):  # all literals
    body = b"".join(b"\0" + raw[i:i + 8] for i in range(0, len(raw), 8))
    return struct.pack("<II4sI", len(body) + 12, len(raw), b"LZFu", 0) + body
attr(1, 0x00089006, struct.pack("<I", 0x00010000))
attr(1, 0x00069007, struct.pack("<II", 1251, 0))
for arg in sys.argv[2:]:
    key, value = arg.split("=", 1)
    if key == "cut":
        cut = int(value)
    elif key == "body":
        attr(1, 0x00069003, props(struct.pack("<HHI", 3, 0x0E07, 7),
                                  prop(0x1F, 0x1000, (value + "\0").encode("utf-16le"))))
    elif key == "html":
        attr(1, 0x00069003, props(prop(0x102, 0x1013, value.encode("cp1251"))))
    elif key == "rtf":
        attr(1, 0x00069003, props(prop(0x102, 0x1009, lzfu(open(value, "rb").read()))))
    elif key == "file":
        name, content = value.split(":", 1)
        attr(2, 0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0))
        attr(2, 0x00018010, (name + "\0").encode("cp1251"))
        attr(2, 0x0006800F, content.encode())
        attr(2, 0x00069005, props(prop(0x1F, 0x3707, (name + "\0").encode("utf-16le"))))
out.write(data[:cut])
