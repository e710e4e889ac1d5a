package fps

// ParseCommand and AppendCommand let the tests reach the compact form.
var ParseCommand = parseCommand

// AppendCommand appends the compact form of a command.
func AppendCommand(c Command, buf []byte) []byte { return c.append(buf) }
