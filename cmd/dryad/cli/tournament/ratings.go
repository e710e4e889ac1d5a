package tournament

import (
	"fmt"
	"io"

	"dryad/tournament"
)

// ratingsHead are the heads of the columns of a further rating, if there is one.
func ratingsHead(r *tournament.Result) string {
	if r.Ratings == nil || r.Ratings.Missing != "" {
		return ""
	}
	switch r.Ratings.System {
	case tournament.Nash, tournament.AlphaRank:
		return fmt.Sprintf("\t%s", r.Ratings.System)
	}
	return fmt.Sprintf("\t%s\tinterval", r.Ratings.System)
}

// ratingsCells are its cells in a row of the table. Ratings of openskill are
// around 25 and have two decimals, the others are points.
func ratingsCells(r *tournament.Result, row int) string {
	if r.Ratings == nil || r.Ratings.Missing != "" {
		return ""
	}
	rated := r.Ratings.Rows[row]
	format := "\t%+.0f\t%+.0f to %+.0f"
	switch r.Ratings.System {
	case tournament.Nash:
		return fmt.Sprintf("\t%+.3f", rated.Rating)
	case tournament.AlphaRank:
		return fmt.Sprintf("\t%.3f", rated.Rating)
	case tournament.Glicko2:
		format = "\t%.0f\t%.0f to %.0f"
	case tournament.OpenSkill:
		format = "\t%.2f\t%.2f to %.2f"
	}
	return fmt.Sprintf(format, rated.Rating, rated.Interval.Low, rated.Interval.High)
}

// printRatingsNote prints what a further rating says beside the table.
func printRatingsNote(w io.Writer, r *tournament.Result) {
	switch {
	case r.Ratings == nil:
	case r.Ratings.Missing != "":
		fmt.Fprintf(w, "\nno ratings by %s: %s\n", r.Ratings.System, r.Ratings.Missing)
	case r.Ratings.System == tournament.Davidson:
		fmt.Fprintf(w, "\nequal policies draw %.1f %% of their matches, by Davidson's model\n", 100*r.Ratings.Draws)
	}
}
