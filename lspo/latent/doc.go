// Package latent turns what was said into latent strategies: the clusters of the
// embedded utterances of a role (LSPO, section 3.1).
//
//	group, err := latent.Build(latent.Params{Name: "seer", Clusters: 2, Seed: 1}, utterances, vectors)
//	for _, c := range group.Clusters {
//		fmt.Println(c.Size, c.Central) // what a person names it by
//	}
//	strategy := group.Nearest(vector) // of something said later
//
// A group is a value that JSON carries without loss. The package embeds
// nothing and knows no game.
package latent
