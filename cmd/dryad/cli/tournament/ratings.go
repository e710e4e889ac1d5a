package tournament

import (
	"fmt"
	"io"
	"strings"

	"dryad/tournament"
)

// ratingsHead are the heads of the columns of a further rating, if there is one.
func ratingsHead(r *tournament.Result) string {
	if r.Ratings == nil || r.Ratings.Missing != "" {
		return ""
	}
	if len(r.Ratings.Rows) > 0 && r.Ratings.Rows[0].Interval == nil {
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
		format = "\t%+.3f\t%+.3f to %+.3f"
	case tournament.AlphaRank:
		format = "\t%.3f\t%.3f to %.3f"
	case tournament.Glicko2:
		format = "\t%.0f\t%.0f to %.0f"
	case tournament.OpenSkill:
		format = "\t%.2f\t%.2f to %.2f"
	}
	if rated.Interval == nil {
		figure, _, _ := strings.Cut(format[1:], "\t")
		return fmt.Sprintf("\t"+figure, rated.Rating)
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
