/* Mails and, by the second byte, mailboxes. */
#include "container.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Str magics[] = {S("From: a@b\nDate: Tue, 18 Mar 2031 09:30:00 GMT\n"), S("From a@b Tue Mar 18 09:30:00 2031\nFrom: a@b\n")};
    return size < 2 ? 0 : fuzz_container(magics[data[1] & 1], data, size);
}
