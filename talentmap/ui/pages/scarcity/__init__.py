from talentmap.ui.pages.scarcity.callbacks import PAGE as PAGE
