/* Office files and PDF: documents that a library or a program takes apart (office.c, pdf.c). */
#ifndef INPUT_OFFICE_H
#define INPUT_OFFICE_H
#include "input/inside.h"

extern const Format format_office, format_pdf;
bool office_is(Str head);                                /* a zip that begins like one */
bool office_is_title(Str s);                             /* no "Untitled", no "Microsoft Word - x.doc" */
bool office_is_author(Str s);                            /* no "Windows User" */
Str pdf_text(Arena *a, Str pages);                       /* pdftotext's output, as a reader would type it */
#endif
