"""The rig: real servers, Rollcall's own processes and scripted clients, each started and ended by the tests."""
