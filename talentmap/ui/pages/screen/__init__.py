from talentmap.ui.pages.screen.callbacks import PAGE as PAGE
