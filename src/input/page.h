/* A page's bytes as text, and as a record (page.c). */
#ifndef INPUT_PAGE_H
#define INPUT_PAGE_H
#include "input/article.h"
#include "input/meta.h"

bool page_decode(Arena *a, Str bytes, Str charset, Str *utf8, Str *note, Err *e);   /* charset: the sender's, or empty */
bool page_record(Arena *a, Str bytes, Str charset, Str uri, Record *r, Err *e);      /* text, boilerplate, metadata, note */
#endif
