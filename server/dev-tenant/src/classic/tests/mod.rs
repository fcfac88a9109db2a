mod forms;
mod lists;
mod site;
