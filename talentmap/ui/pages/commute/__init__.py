from talentmap.ui.pages.commute.callbacks import PAGE as PAGE
