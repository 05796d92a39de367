/* Office files: the fuzzed bytes are the XML of a word/document.xml or (second byte) a content.xml in a zip, made here so that
** the fuzzer need not learn check sums; or (third byte) are the zip themselves. */
#include "container.h"
#include <archive.h>
#include <archive_entry.h>

static char zip[256 << 10];

static void add(struct archive *a, const char *name, const void *bytes, size_t n)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (int64_t)n);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_mtime(entry, 0, 0);
    if (archive_write_header(a, entry) || (n && archive_write_data(a, bytes, n) < 0)) abort();
    archive_entry_free(entry);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char mimetype[] = "application/vnd.oasis.opendocument.text";
    if (size < 3 || size > 60 << 10) return 0;
    if (data[2] & 1) return fuzz_container(S("PK\3\4"), data + 2, size - 2);
    bool is_odt = data[1] & 1;
    size_t used = 0;
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    archive_write_set_options(a, "zip:compression=store");
    archive_write_set_bytes_in_last_block(a, 1);
    if (archive_write_open_memory(a, zip + 1, sizeof zip - 1, &used)) abort();
    if (is_odt)
        add(a, "mimetype", mimetype, sizeof mimetype - 1);
    else
        add(a, "[Content_Types].xml", "", 0);
    add(a, is_odt ? "content.xml" : "word/document.xml", data + 3, size - 3);
    add(a, is_odt ? "meta.xml" : "docProps/core.xml", data + 3, size - 3);
    archive_write_close(a);
    archive_write_free(a);
    zip[0] = 0;
    return fuzz_container(S(""), (const uint8_t *)zip, used + 1);
}
