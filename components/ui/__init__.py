"""Everything that touches Streamlit: state, player, dials, questionnaire, results and the look."""
