/* What is compressed, and archives; the second byte chooses the magic number. */
#include "container.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Str magics[] = {S(""), S("\x1F\x8B\x08\0\0\0\0\0\0\3"), S("\x28\xB5\x2F\xFD"), S("PK\3\4"), S("\xFD" "7zXZ\0"), S("BZh9")};
    return size < 2 ? 0 : fuzz_container(magics[data[1] % 6], data, size);
}
