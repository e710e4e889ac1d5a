// Package kaggle seats dryad's agents at the Werewolf table of
// kaggle-environments, which asks an agent that is named by a URL over HTTP:
//
//	s := kaggle.NewServer(kaggle.Params{Seat: seat})
//	err := http.Serve(listener, s)
//
// and then, in Python, make("werewolf").run(["http://127.0.0.1:8000/a", "random", ...]).
// Each request holds what is new for one player. The package puts the parts
// together to the view that an agent of package werewolf decides on, and answers
// with Kaggle's action. A path is one table: games that run at the same time
// take different paths.
//
// The configuration that Kaggle sends with each request may name everybody's
// role. The package reads the rules from it and nothing else. It is not for
// dryad's own tables, and it does not know how a game ended: Kaggle tells that to
// nobody.
package kaggle
