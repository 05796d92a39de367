/* Web archives: WARC and, by the second byte, ARC. */
#include "container.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Str magics[] = {S("WARC/1.0\r\n"), S("filedesc://a 0.0.0.0 20310318093000 text/plain 0\n\n"), S("\x1F\x8B\x08")};
    return size < 2 ? 0 : fuzz_container(magics[data[1] % 3], data, size);
}
