package cli

import (
	"strings"

	"github.com/alecthomas/kong"
)

// about stands above the list of commands.
const about = `Behaviour trees that models write, matches judge and people can read.

Start here:

    dryad policy new bot.dryad               write a first policy
    dryad play arena --seat bot.dryad --seat bot.dryad --watch
                                             watch it play
    dryad games show arena                   the words that a policy can use
    dryad evolve arena                       let it get better`

// groups are the titles of the lists of commands.
var groups = []kong.Group{
	{Key: "write", Title: "Write policies:"}, {Key: "play", Title: "Play matches:"},
	{Key: "learn", Title: "Let machines learn:"}, {Key: "look", Title: "Look at games and matches:"},
}

// asked understands the ways in which people ask for help and the version.
func asked(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "help":
		return append(append([]string(nil), args[1:]...), "--help")
	case len(args) == 1 && (args[0] == "--version" || args[0] == "-v" || args[0] == "-V"):
		return []string{"version"}
	}
	return args
}

// withDefault adds a flag's default to its help, where neither its placeholder
// nor its help tells it.
func withDefault(value *kong.Value) string {
	help := kong.DefaultHelpValueFormatter(value)
	standard := value.Tag.Default
	if standard == "" || standard == "0" || standard == "false" || strings.Contains(help, "default") || strings.Contains(help, standard+" for ") ||
		value.Flag == nil || value.Flag.PlaceHolder == "" {
		return help
	}
	if strings.HasSuffix(help, ".") {
		help = strings.TrimSuffix(help, ".")
		return help + " (default " + standard + ")."
	}
	return help + " (default " + standard + ")"
}
