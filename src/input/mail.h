/* Mails and mailboxes (mail.c). */
#ifndef INPUT_MAIL_H
#define INPUT_MAIL_H
#include "input/inside.h"

extern const Format format_mail, format_mbox;
bool mail_is_divider(Str line);                          /* the "From " line of a mailbox */
#endif
