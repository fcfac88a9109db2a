//! Scenarios, real clients and the rules of the house.
