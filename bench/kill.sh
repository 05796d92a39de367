#!/bin/bash
# bench/kill.sh BUILD: a thousand kills at random moments of an add; every ledger must verify and be completed by a rerun.
REPORTS=${REPORTS:-1000} BATCH=${BATCH:-50} exec test/torture/kill.sh "$1" "${KILLS:-1000}"
