from talentmap.ui.pages.data.callbacks import PAGE as PAGE
