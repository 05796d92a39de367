/* Office files: what of a .docx and an .odt is text, and what they say of themselves. */
#include "packing.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define DOCX(body) "<?xml version=\"1.0\"?><w:document " W "><w:body>" body "<w:sectPr/></w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define ITEM(text) "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define N "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" " \
          "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
#define ODT(body) "<?xml version=\"1.0\"?><office:document-content " N "><office:body><office:text>" body \
                  "</office:text></office:body></office:document-content>"

static Str docx(const char *body, const char *core)
{
    const File files[] = {{"[Content_Types].xml", S("<Types/>")}, {"word/document.xml", str_of(body)},
                          {"docProps/core.xml", str_of(core)}};
    return packed("zip", NULL, NULL, files, core ? 3 : 2);
}

static Str odt(const char *content, const char *meta, const char *manifest)
{
    const File files[] = {{"mimetype", S("application/vnd.oasis.opendocument.text")}, {"content.xml", str_of(content)},
                          {"meta.xml", str_of(meta)}, {"META-INF/manifest.xml", str_of(manifest)}};
    return packed("zip", "store", NULL, files, 4);
}

static void test_docx(void)
{
    check_items(docx(DOCX(P("The port ") P("reopens &amp; stays open.")), NULL), "a: The port//reopens & stays open.\n");
    check_items(docx(DOCX("<w:p><w:r><w:t xml:space=\"preserve\">The </w:t></w:r><w:r><w:t>port</w:t><w:tab/><w:t>of Velm</w:t><w:br/>"
                          "<w:t>reopens.</w:t></w:r></w:p>"), NULL), "a: The port of Velm/reopens.\n");
    check_items(docx(DOCX(P("Agreed:") ITEM("ships pass") ITEM("fees fall") P("The end.")), NULL),
                "a: Agreed://- ships pass/- fees fall/The end.\n");
    check_items(docx(DOCX("<w:tbl><w:tr><w:tc>" P("Ship") "</w:tc><w:tc>" P("Flag") P("old") "</w:tc></w:tr><w:tr><w:tc>" P("Ara")
                          "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>" P("The end.")), NULL),
                "a: Ship | Flag old/Ara//The end.\n");
    /* what the author took out or hid is not what the paper says */
    check_items(docx(DOCX("<w:p><w:r><w:t>The port </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:moveFrom><w:r>"
                          "<w:t>once </w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r><w:r><w:rPr>"
                          "<w:vanish w:val=\"0\"/></w:rPr><w:t>reopens.</w:t></w:r></w:p>"), NULL), "a: The port reopens.\n");
    check_items(docx(DOCX(P("The port.")), "<c xmlns:dc=\"d\"><dc:title> Port </dc:title><dc:creator>Ilse M&#xE4;rrow</dc:creator>"
                     "<created>2031-03-18</created></c>"), "a author=Ilse Märrow title=Port: The port.\n");
    check_items(docx(DOCX(P("The port.")), "<c xmlns:dc=\"d\"><dc:title>Microsoft Word - x.doc</dc:title><dc:creator>Windows User"
                     "</dc:creator></c>"), "a: The port.\n");
}

static void test_odt(void)
{
    check_items(odt(ODT("<text:tracked-changes><text:p>never</text:p></text:tracked-changes><text:h>Port  reopens</text:h>\n"
                        "<text:p>The<text:s text:c=\"99999999\"/>port <text:span>of</text:span>\n Velm<text:note><text:p>1</text:p></text:note>."
                        "</text:p><text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p>"
                        "</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Ship</text:p></table:table-cell>"
                        "<table:table-cell><text:p>Flag</text:p></table:table-cell></table:table-row></table:table>"),
                    "<m xmlns:dc=\"d\"><dc:title>Port</dc:title><initial-creator>Ilse</initial-creator></m>", "<m/>"),
                "a author=Ilse title=Port: Port reopens//The port of Velm.//- one/- two//Ship | Flag\n");
    check_items(odt("\x8A\x01", "<m/>", "<m><encryption-data/></m>"),
                "! a: is encrypted; open it with its password, save it without one, and give that\n");
}

static void test_broken(void)
{
    check_begins(items_of(docx("<w:document " W "><w:body>" P("The port"), NULL)), "! a: its XML (word/document.xml) is damaged");
    check_begins(items_of(docx("<!DOCTYPE w [<!ENTITY a \"boom\">]><w:document " W "><w:body>" P("&a;") "</w:body></w:document>", NULL)),
                 "! a: its XML has a document type");
    check_begins(items_of(docx(DOCX(P("&unknown;")), NULL)), "! a: its XML");
    check_items(docx(DOCX(""), NULL), "! a: holds no text; nothing to read\n");
    const File sheet[] = {{"[Content_Types].xml", S("<Types/>")}, {"xl/workbook.xml", S("<x/>")}};
    check_begins(items_of(packed("zip", NULL, NULL, sheet, 2)), "! a: is a spreadsheet, which is not read");
    check_begins(items_of(packed("zip", NULL, NULL, sheet, 1)), "! a: is an office file without a text");
    Str whole = docx(DOCX(P("The port.")), NULL);
    check_begins(items_of(str_sub(whole, 0, whole.n - 30)), "! a: ");
    Buf deep = {.to = &test_arena};
    buf_add(&deep, S("<w:document " W "><w:body>"));
    for (int i = 0; i < 100000; i++) buf_add(&deep, S("<w:sdt>"));
    check_begins(items_of(docx(arena_cstr(&test_arena, buf_str(&deep)), NULL)), "! a: its XML (word/document.xml) is damaged");
    const File zip[] = {{"word.txt", S("The port.")}};      /* a zip of files is none of these */
    check_items(packed("zip", NULL, NULL, zip, 1), "a: word.txt: The port.\n");
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = 1 << 30;
    items_begin();
    test_docx();
    test_odt();
    test_broken();
    items_end();
    return test_end();
}
