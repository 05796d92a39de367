# files.t: what stands in a file, and what comes out of it, item by item.
#   file BYTES      a file named "a" (\n \r \t \0 \xHH and \\ as in C; {N:c} is N times c)
#   records BYTES   the same, given to add --records;  as-is BYTES   the same, read as it is
#     WHERE = TEXT          a document (a note behind it in parentheses)
#     ! SENTENCE            a failure whose sentence begins so

# ---- plain text
file The port reopened on Friday.
  a = The port reopened on Friday.
file \xEF\xBB\xBFThe port reopened.
  a = The port reopened.
file One line.\r\nTwo lines.
  a = One line.\r\nTwo lines.
file 
  ! a: is empty; nothing to read
file  \n\t\r\n 
  ! a: is empty; nothing to read
file \xEF\xBB\xBF\n
  ! a: is empty; nothing to read
file \xC2\xA0\xE3\x80\x80\n
  ! a: is empty; nothing to read
file "The port will reopen," she said.
  a = "The port will reopen," she said.
file {Editor's note: this report was changed.} The port reopened.
  a = {Editor's note: this report was changed.} The port reopened.
file [Photo: A. Ruiz] The port reopened.
  a = [Photo: A. Ruiz] The port reopened.
file ["Peace," she said.]
  a = ["Peace," she said.]
file <the reporter's own marks> The port reopened.
  a = <the reporter's own marks> The port reopened.
file <peace> was the word of the day.
  a = <peace> was the word of the day.
file \x1B[1mThe port\x1B[0m reopened, the terminal's log says.
  a = \x1B[1mThe port\x1B[0m reopened, the terminal's log says.

# ---- charsets
file Zo\xEB Lund said: \x93soon\x94 \x97 no more.
  a = Zoë Lund said: “soon” — no more. (not UTF-8, read as windows-1252)
file Zo\xC3\xAB Lund and Ren\xC3\xA9 Ito met\xFF today.
  a = Zoë Lund and René Ito met\xEF\xBF\xBD today. (1 bytes are not well-formed UTF-8, shown as U+FFFD)
file \xCC\xE8\xED\xE8\xF1\xF2\xF0 \xF1\xEA\xE0\xE7\xE0\xEB: \xEF\xEE\xF0\xF2 \xEE\xF2\xEA\xF0\xEE\xE5\xF2\xF1\xFF
  ! a: is neither UTF-8 nor windows-1252
file Plain words, and a byte \x81 that windows-1252 does not have.
  ! a: is neither UTF-8 nor windows-1252
file \xFF\xFEP\0o\0r\0t\0
  a = Port
file \xFE\xFF\0P\0o\0r\0t
  a = Port
file \xFF\xFE\x3D\xD8\x00\xDE!\0
  a = \xF0\x9F\x98\x80!
file \xFF\xFE\x3D\xD8!\0
  a = \xEF\xBF\xBD! (UTF-16 with 1 broken letters, shown as U+FFFD)
file \xFF\xFEP\0o
  a = P\xEF\xBF\xBD (UTF-16 with 1 broken letters, shown as U+FFFD)
file \xFF\xFE\0\0P\0\0\0o\0\0\0
  a = Po
file \0\0\xFE\xFF\0\0\0P\0\0\0o
  a = Po
file \xFF\xFE\0\0P\0\x11\0
  a = \xEF\xBF\xBD (UTF-32 with 1 broken letters, shown as U+FFFD)
file \xFF\xFE
  ! a: is empty; nothing to read
file \xFF\xFE{\0"\0t\0e\0x\0t\0"\0:\0"\0P\0"\0}\0\n\0
  a:1 = P
file \xFF\xFE<\0h\0t\0m\0l\0>\0
  ! a: is a page without text
file \xFF\xFEP\0\0\0o\0
  ! a: is not text but binary data
file P\0o\0r\0t\0 \0r\0e\0o\0p\0e\0n\0s\0
  ! a: looks like UTF-16LE without its mark
file \0P\0o\0r\0t\0 \0r\0e\0o\0p\0e\0n\0s
  ! a: looks like UTF-16BE without its mark

# ---- other formats are told by what they are
file \x1F\x8B\x08\0\0\0
  ! a: the compressed data (gzip) are cut off in the middle; fetch the file again
file \x1F\x8B\x08\0\0\0\0\0\0\0\xFF\xFF
  ! a: the compressed data (gzip) are damaged
file \x28\xB5\x2F\xFD\0\0
  ! a: cannot be unpacked (Truncated zstd input); it is damaged or cut off: fetch it again
file \xFD7zXZ\0\0
  ! a: cannot be unpacked
file BZh51AY&SY\x01
  ! a: the compressed data are damaged at their begin
file BZh is no compressed file.
  a = BZh is no compressed file.
file PK\x03\x04\x14\0
  ! a: cannot be unpacked (Truncated ZIP file header)
file %PDF-1.7\n%\xE2\xE3
  ! a: is a PDF
file {\\rtf1\\ansi Hello}
  ! a: is RTF
file SQLite format 3\0\x10\0
  ! a: is an SQLite database
file \x04\x22\x4D\x18\x64\x40
  ! a: is compressed with lz4, which is not read; decompress it first: lz4cat FILE | demarche add -
file WARC/1.0\r\nWARC-Type: response\r\n
  ! a: the record at byte 0 is left out: its head has no end
file \n <!DOCTYPE html>\n<p>The port
  a = The port
file \xEF\xBB\xBF<HTML lang=en>
  ! a: is a page without text
file <p>The port reopened.</p>
  a = The port reopened.
file <?xml version="1.0"?><rss version="2.0">
  ! a: is a feed without entries
file <?xml version="1.0"?>\n<!-- made by hand --><?xml-stylesheet href="a.css"?>\n<feed xmlns="http://www.w3.org/2005/Atom">
  ! a: is a feed without entries
file <?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html xmlns="x"><body>
  ! a: is a page without text
file <?xml version="1.0"?><!-- open
  ! a: is XML
file <?xml version="1.0"?><ledger>It reopened.</ledger>
  ! a: is XML
file <rss version="2.0"><channel>
  ! a: is a feed without entries
file <feed xmlns="http://www.w3.org/2005/Atom">
  ! a: is a feed without entries
file \x89PNG\r\n\x1A\n\0\0
  ! a: is a PNG picture
file \xFF\xD8\xFF\xE0\0\x10JFIF
  ! a: is a JPEG picture
file \x7FELF\x02\x01\x01\0
  ! a: is a program (ELF)
file The port\0 reopened.
  ! a: is not text but binary data
file {30:\x01}The port.
  ! a: is not text but binary data
file {5000:x}\0y
  ! a: holds a zero byte (byte 5000)

# ---- lines of JSON
file {"text": "One."}\n{"text": "Two."}\n
  a:1 = One.
  a:2 = Two.
file \n\n  {"text": "One."}  \r\n\n\t\n{"text": "Two."}
  a:3 = One.
  a:6 = Two.
file \xEF\xBB\xBF{"text": "One."}
  a:1 = One.
file { "text" : "Spaces \\u00e9 and\\r\\nbreaks." }
  a:1 = Spaces é and\r\nbreaks.
file {"text": "One."}\nThe port reopened.\n{"text": "Three."}
  a:1 = One.
  ! a:2: is not well-formed JSON
  a:3 = Three.
file {"text": "One."}\n{"text": "Tw
  a:1 = One.
  ! a:2: the line is cut off
file {"text": "One."}\n{"text": "Tw\n
  a:1 = One.
  ! a:2: is not well-formed JSON
file {"text": "On\n{"text": "Two."}\n
  ! a:1: is not well-formed JSON
  a:2 = Two.
file {"id": "1",\n{"id": "2", "text": "Two."}\n
  ! a:1: is not well-formed JSON
  a:2 = Two.
file {"text": "On
  ! a:1: the line is cut off
file {'text': 'Printed by Python.'}
  ! a:1: is not well-formed JSON
file {"text": "a\0b"}\n{"text": "Two."}
  ! a:1: is not well-formed JSON
  a:2 = Two.
file {"text": "Zo\xEB"}
  a:1 = Zo\xEF\xBF\xBD (its "text" holds bytes that are no UTF-8, shown as U+FFFD)
file {}
  ! a:1: is an empty object; expected is "text"
file {"headline": "Port", "body": "It reopened."}
  ! a:1: has no "text" but "headline", "body"; expected is "text"
file {"html": "<p>It reopened.</p>"}
  a:1 = It reopened.
file {"bytes": "SXQgcmVvcGVuZWQu"}
  a:1 = It reopened.
file {"bytes": "SXQgcmVvcGVuZWQ"}
  a:1 = It reopened
file {"text": null, "bytes": "SXQgcmVvcGVuZWQu"}
  a:1 = It reopened.
file {"bytes": "SXQ!"}
  ! a:1: its "bytes" are not base64 (character 3)
file {"bytes": "SXQ=x"}
  ! a:1: its "bytes" are not base64 (something follows the padding, character 4)
file {"bytes": ""}
  ! a:1: is empty; nothing to read
file {"bytes": "SXQgcmVvcGVuZWQu", "published": "soon"}
  ! a:1: 'published'
file {"bytes": "eyJ0ZXh0IjogIkl0IHJlb3BlbmVkLiJ9"}
  a:1:1 = It reopened.
file {"text": "It reopened.", "bytes": "!"}
  a:1 = It reopened.
file {"html": 7}
  ! a:1: its "html" is a number; expected is a string
file {"bytes": ["SXQ="]}
  ! a:1: its "bytes" is an array; expected is a string
file PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x14\0\0\0\x14\0\0\0\x08\0\0\0mimetypeapplication/epub+zip
  ! a: is an e-book, a spreadsheet or slides, which are not read; save its text, and give that
file {"file": "port.html"}
  ! a:1: there is no file
file {"text": null, "html": "x"}
  a:1 = x
file {"text": null, "id": "x"}
  ! a:1: has no "text" but "text", "id"
file {"text": 12}
  ! a:1: its "text" is a number; expected is a string
file {"text": " \\n"}
  ! a:1: its "text" is empty; nothing to read
file {"text": "One."}\n[1]\n"x"\n
  a:1 = One.
  ! a:2: is an array; expected is an object with "text"
  ! a:3: is a string; expected is an object with "text"
file {"text": "One."} {"text": "Two."}
  ! a:1: is not well-formed JSON

# ---- objects spread over lines
file {\n  "text": "One."\n}\n
  a:1 = One.
file {\n  "text": "One."\n}\n\n{\n  "text": "Two }."\n}
  a:1 = One.
  a:5 = Two }.
file {\n  "text": "One."\n
  ! a:1: the object is cut off
file {\n  "text": "One."\n}\nand so on
  a:1 = One.
  ! a: line 4: something that is no object follows an object
file {\n  "text": One\n}\n{"text": "Two."}
  ! a:1: is not well-formed JSON
  a:4 = Two.

# ---- an array of objects
file [{"text": "One."}, {"text": "Two, ]."}]\n
  a[0] = One.
  a[1] = Two, ].
file [\n  {"text": "One."},\n  7,\n  "x, y",\n  {"text": "Four."}\n]
  a[0] = One.
  ! a[1]: is a number; expected is an object with "text"
  ! a[2]: is a string; expected is an object with "text"
  a[3] = Four.
file [{"text": "One."}, {"text": "Tw
  a[0] = One.
  ! a[1]: the element is cut off
file [{"text": "One."}
  a[0] = One.
  ! a: the array is cut off
file [{"text": "One."}] and so on
  a[0] = One.
  ! a: line 1: something follows the array
file [{"text": "One."}} {"text": "Two."}]
  a[0] = One.
  ! a: line 1: a comma is missing after element 0
file [{"text": "One."},, {"text": "Two."}]
  a[0] = One.
  ! a[1]: is not well-formed JSON
  a[2] = Two.
file ["One.", "Two."]
  ! a: is a JSON array, but not of objects

# ---- records and "as is"
records {"text": "One.", "sha256": "abc"}
  ! a:1: 
as-is One.\r\nTwo.
  a = One.\r\nTwo.
as-is Zo\xEB Lund
  a = Zoë Lund (not UTF-8, read as windows-1252)
