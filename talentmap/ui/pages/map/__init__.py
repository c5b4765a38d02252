from talentmap.ui.pages.map.callbacks import PAGE as PAGE
