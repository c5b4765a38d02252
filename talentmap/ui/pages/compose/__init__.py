from talentmap.ui.pages.compose.callbacks import PAGE as PAGE
