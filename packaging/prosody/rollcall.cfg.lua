-- Rollcall's place at Prosody (0.12 or newer). Copy this file to /etc/prosody/conf.d/rollcall.cfg.lua, put your own
-- domain and secret into the two lines marked below, and run `prosodyctl reload`. The same domain and secret stand in
-- rollcall.toml, section [xmpp].
--
-- Prosody listens for components on port 5347 of the loopback interface unless told otherwise. Leave it there: who
-- knows the secret can speak for every conference.

Component "call.example.org"            -- <- your domain
    component_secret = "change-me"      -- <- your secret
    name = "Video calls"
