// Package feedback turns matches into what an author is told: figures and node
// statistics in words, pictures for a vision model, and a critic's ratings.
//
//	account := feedback.NewAccount()
//	account.Add(&outcome, seat) // a match with Params.Profile
//	words := account.Words()
//
//	course, err := feedback.Follow(ctx, game, replay)
//	pictures, err := feedback.Draw(camera, replay, seat, 35, course)
//	ratings, err := feedback.Critique(ctx, feedback.CritiqueParams{
//		Provider: vision, Facts: feedback.Facts(replay, seat, 35, course), Course: course, Pictures: pictures,
//	})
//	words += ratings.Words(record)
//
// The two halves are those of PORTAL (arXiv 2503.13356, section 3.6): metrics
// put into words, and a vision model that rates a recording in five dimensions,
// each with a prompt of its own.
//
// The package runs no match, knows no game and draws no world: whoever calls
// it gives it a [Camera].
package feedback
