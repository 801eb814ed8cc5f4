//! The portal as a browser meets it, over whole deployments.

mod chat;
mod cohelp;
mod crashes;
mod figures;
mod helping;
mod kinds;
mod levels;
mod live;
mod notifications;
mod others;
mod pages;
mod phone;
mod photos;
mod privacy;
mod rates;
mod routes;
mod start;
mod storm;
