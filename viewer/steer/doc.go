// Package steer turns keys, mouse and gamepad into what a person does at a seat
// of a shooter.
//
//	var s steer.Steering
//	controls := s.Update(steer.Held{Ahead: true, MouseX: 12}, 16*time.Millisecond)
//
// It knows no window: package window says what is held.
package steer
