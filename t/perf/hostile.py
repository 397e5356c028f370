# hostile.py DIR [MB]: letters made to cost time or memory, one a file.
import base64, os, random, sys, zlib
top, big = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60
random.seed(7)
HEAD = b"From: a@a.example\nTo: support@firma.example\nSubject: x\nMIME-Version: 1.0\nMessage-ID: <%s@h.example>\n"
def put(name, *pieces):
    with open(os.path.join(top, name + ".eml"), "wb") as f:
        f.write(HEAD % name.encode())
        for p in pieces:
            f.write(p)
text = b"Content-Type: text/plain; charset=utf-8\n\n"
html = b"Content-Type: text/html; charset=utf-8\n\n"
M = 1 << 20
put("headers-100000", b"".join(b"X-%d: y\n" % i for i in range(100000)), text, b"x\n")
put("header-same-100000", b"To: b@b.example\n" * 100000, text, b"x\n")
put("received-900", b"Received: x\n" * 900, text, b"x\n")
put("references-1m", b"References:" + b" <x@y.example>" * 70000 + b"\n", text, b"x\n")
put("addresses-1m", b"Cc: " + b"\"a\" <b@c.example>, " * 60000 + b"z@z.example\n", text, b"x\n")
put("address-nested", b"Cc: " + b"(" * M + b"\n", text, b"x\n")
put("subject-words-4m", b"Subject: " + b"=?utf-8?Q?=D0=98?= " * 210000 + b"\n", text, b"x\n")
put("subject-broken-4m", b"Subject: " + b"=?utf-8?Q?" * 400000 + b"\n", text, b"x\n")
put("params-60k", b"Content-Type: text/plain; " + b"a*0*=b; " * 8000 + b"\n\nx\n")
n = 5000
put("nested-multipart", b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(n)), b"\nx\n")
put("nested-rfc822", b"Content-Type: message/rfc822\n\n" * 20000, b"x\n")
put("parts-empty", b"Content-Type: multipart/mixed; boundary=b\n\n", b"--b\n\n" * 2000000)
put("parts-900", b"Content-Type: multipart/mixed; boundary=b\n\n", b"".join(b"--b\nContent-Type: image/png; name=%d.png\nContent-ID: <%d@x>\n\nx\n" % (i, i) for i in range(900)), b"--b\n\n" + b"[cid:899@x]" * 90000)
put("alternatives-900", b"Content-Type: multipart/alternative; boundary=b\n\n", b"--b\nContent-Type: text/html\n\n<p>x\n" * 900)
put("boundaries", b"Content-Type: multipart/mixed; boundary=b\n\n", b"".join(b"--%d\n" % i for i in range(1000000)))
put("line-%dm" % big, text, b"a" * (big * M))
put("lines-quote", text, b"> a\n" * (big * M // 4))
put("lines-colon", text, b"a:\n" * (big * M // 3))
put("lines-wrote", text, b"On 5 May 2026 a@a.example wrote:\n" * 31000)
put("lines-date", text, b"On 5 May\n" * 100000)
put("lines-notice", text, b"this message\n\n" * 70000)
put("lines-dashes", text, b"--\n" * 340000)
put("flowed", b"Content-Type: text/plain; format=flowed\n\n", b">>>>>>>> a \n" * 600000)
put("junk-8m", b"Content-Type: text/plain\n\n", random.randbytes(8 * M))
put("twice", text, ("Рџ" * 250000).encode())
put("html-open", html, b"<div>" * 400000)
put("html-quotes", html, b"<blockquote>" * 170000)
put("html-attrs", html, b"<a " + b"b=c " * 500000 + b">x")
put("html-lt", html, b"<" * (2 * M))
put("html-amp", html, b"&" * (2 * M))
put("html-table", html, b"<table><tr><td>" * 130000)
put("html-links", html, b"<a href=http://x.example/>x" * 70000)
put("html-p", html, b"<p>" * 690000)
put("html-comment", html, b"<!--" * 500000)
put("calendar", b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n", b"ATTENDEE;CN=x:mailto:a@b.example\n" * 7000, b"END:VEVENT\nEND:VCALENDAR\n")
put("calendar-nested", b"Content-Type: text/calendar\n\n", b"BEGIN:VCALENDAR\n" * 16000)
put("calendar-line", b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:", b"a\n b" * 60000, b"\nEND:VEVENT\n")
put("tnef-junk", b"Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n", base64.encodebytes(b"\x78\x9f\x3e\x22\0\0" + random.randbytes(4 * M)))
put("zip-bomb", b"Content-Type: application/zip; name=b.zip\nContent-Transfer-Encoding: base64\n\n", base64.encodebytes(b"PK\3\4" + zlib.compress(b"\0" * (100 * M))))
put("base64-%dm" % big, b"Content-Type: application/octet-stream; name=b.bin\nContent-Transfer-Encoding: base64\n\n", base64.encodebytes(random.randbytes(M)) * (big * 3 // 4))
put("bidi", "Subject: \u202egnp.exe \u0000\u0007\u001b]0;x\u0007 \u009b31m \u2028x\n".encode(), text, "\u202e\u001b[2J\u0007x\n".encode())
