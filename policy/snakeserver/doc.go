// Package snakeserver lets a policy play Battlesnake on the game's own servers:
// it answers their requests over HTTP.
//
//	server, err := snakeserver.New(snakeserver.Params{Policy: p})
//	http.ListenAndServe("127.0.0.1:8000", server)
//
// Each snake of each game has an agent of its own, so that one server can play
// many games, and several seats of one. Package games/battlesnake has the rules
// and the words.
package snakeserver
