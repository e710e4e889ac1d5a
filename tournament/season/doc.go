// Package season reads the file that describes a tournament, in TOML.
//
//	s, err := season.Read("season.toml", text)
//	var faults season.Faults
//	if errors.As(err, &faults) {
//		for _, f := range faults {
//			fmt.Println(f) // season.toml:3:1: there is no key "shedule"; did you mean "schedule"?
//		}
//	}
//
// It knows the keys and what may stand in them. It opens no other file and knows no
// game: whether a policy or a map exists is for who plays the season.
package season
