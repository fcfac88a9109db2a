mod forms;
mod lists;
mod site;
mod spfx;
