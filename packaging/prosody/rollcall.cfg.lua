-- Rollcall's place at Prosody (0.12 or newer). Copy this file to /etc/prosody/conf.d/rollcall.cfg.lua, put your own
-- domains and secret into the lines marked below, and run `prosodyctl reload`. The component's domain and secret stand
-- in rollcall.toml too, section [xmpp].
--
-- Prosody listens for components on port 5347 of the loopback interface unless told otherwise. Leave it there: who
-- knows the secret can speak for every conference.

-- Whoever is invited has the contact in his list by itself (XEP-0356, mod_privilege of the package prosody-modules).
-- Leave this part away, and everybody is asked by his client each time. If another file sets `modules_enabled` for this
-- host, put "privilege" there instead.
VirtualHost "example.org"               -- <- your users' domain
    privileged_entities = { ["call.example.org"] = { roster = "both" } }    -- <- the component's domain
    modules_enabled = { "privilege" }

Component "call.example.org"            -- <- the component's domain
    component_secret = "change-me"      -- <- your secret
    name = "Video calls"
    modules_enabled = { "privilege" }
