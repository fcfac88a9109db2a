//! The client of Microsoft 365: Entra tokens, SharePoint, Graph.
