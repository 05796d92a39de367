/* Archives made with libarchive, in memory. */
#ifndef TEST_INPUT_PACKING_H
#define TEST_INPUT_PACKING_H
#include "items.h"
#include <archive.h>
#include <archive_entry.h>

typedef struct { const char *name; Str bytes; } File;

static inline Str packed(const char *format, const char *filter, const char *password, const File *files, int n)
{
    struct archive *a = archive_write_new();
    size_t used = 0, room = 8 << 20;
    char *to = arena_new(&test_arena, char, room);
    if (archive_write_set_format_by_name(a, format)) exit(1);
    bool is_stored = filter && !strcmp(filter, "store");
    if (is_stored ? archive_write_set_options(a, "zip:compression=store") != 0
                  : filter && archive_write_add_filter_by_name(a, filter) != 0)
        exit(1);
    if (password && (archive_write_set_options(a, "zip:encryption=traditional") || archive_write_set_passphrase(a,
                                                                                                                password))) exit(1);
    archive_write_set_bytes_in_last_block(a, 1);
    if (archive_write_open_memory(a, to, room, &used)) exit(1);
    for (int i = 0; i < n; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, files[i].name);
        archive_entry_set_size(entry, files[i].bytes.n);
        archive_entry_set_filetype(entry, str_ends(str_of(files[i].name), S("/")) ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        if (archive_write_header(a, entry)) exit(1);
        if (files[i].bytes.n && archive_write_data(a, files[i].bytes.p, (size_t)files[i].bytes.n) < 0) exit(1);
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    return (Str){to, (ptrdiff_t)used};
}
#endif
