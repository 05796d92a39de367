/* Streaming: documents in, a piece of text for each out, in the order of the inputs; nothing is kept. */
#ifndef STREAM_H
#define STREAM_H
#include "progress.h"

/* how->prepare gives the Str that is printed for a document. The exit status. */
int stream_run(Call *call, EngineOptions how);
#endif
