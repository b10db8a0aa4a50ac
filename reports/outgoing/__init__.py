"""What reaches people outside the pages: reminders by e-mail (`reminders`, of what `digest` says, which is pure) and the
calendar feed (`calendar`), both read through `across`."""
