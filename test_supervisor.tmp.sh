#!/bin/sh
order=$1
[ -e test_supervisor.tmp.ok ] && exit 1; echo ready >&3; sleep 0.2; touch test_supervisor.tmp.ok; exit 1
