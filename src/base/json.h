/* JSON (RFC 8259) in and out: a tree in an arena, and a writer into a Buf.
**
** Reading is strict but for one mercy: ill UTF-8 inside a string becomes U+FFFD (is_mended tells). A lone surrogate
** escape becomes U+FFFD as well. Nesting is capped; the error names the byte.
*/
#ifndef BASE_JSON_H
#define BASE_JSON_H
#include "base/base.h"

typedef enum { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } JsonKind;
typedef struct Json Json;
struct Json {
    JsonKind kind;
    bool is_mended;
    int32_t n;                                           /* members of an array or object */
    Str key, text;                                       /* member's name; a string's characters, a number as written */
    double number;
    Json *first, *next;
};
enum { JSON_DEPTH_MAX = 128 };                           /* FORMAT.md needs 8 */

bool json_read(Arena *to, Str bytes, Json **root, Err *e);   /* exactly one value, white space around it */
const Json *json_get(const Json *object, Str key);       /* NULL where absent or not an object; the last of doubles */
Str json_text(const Json *object, Str key);           /* a string member; empty view with p NULL where absent or null */

/* Writer: the caller writes the braces and commas in order; these write values. */
void json_put_str(Buf *b, Str s);                        /* quoted and escaped; ill UTF-8 becomes U+FFFD */
void json_put_number(Buf *b, double x);              /* shortest form that reads back the same; not finite gives null */
void json_put_int(Buf *b, int64_t x);
#endif
